"""Korean: money read in 만 and 천, particles that follow the last sound, one form for every number."""

from ui.languages.language import Language, round_won, same_for_all
from ui.languages.particles import agree

WON_PER_MANWON, WON_PER_EOK = 10_000, 100_000_000
#: Beyond a hundred 만 the thousands are noise to the eye.
_THOUSANDS_BELOW = 100 * WON_PER_MANWON


def write_won(won: float) -> str:
    """Write an amount in won as it is read: ``3만 2천 원``."""
    rounded = int(round_won(abs(won)))
    hundred_millions, rest = divmod(rounded, WON_PER_EOK)
    ten_thousands, rest = divmod(rest, WON_PER_MANWON)
    thousands = rest // 1_000 if rounded < _THOUSANDS_BELOW else 0
    units = ((hundred_millions, "억"), (ten_thousands, "만"), (thousands, "천"))
    parts = [f"{amount:,}{unit}" for amount, unit in units if amount]
    return ("-" if won < 0 and parts else "") + (" ".join(parts) if parts else str(rounded)) + " 원"


KOREAN = Language(key="ko", name="한국어", locales=("ko",), plural=same_for_all, write_won=write_won, agree=agree)
