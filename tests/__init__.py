"""The tests: they mirror core; pages run through AppTest, the browser through Playwright."""
