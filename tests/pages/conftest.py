"""Pages run without a server here, so Streamlit's remark that there is none says nothing."""

import logging

logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
