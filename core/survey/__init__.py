"""The survey: rooms that people join with their phones, what they answer, and what may be shown of it.

A page opens ``store.survey.survey_store()`` and hands it on as a ``core.survey.store.SurveyStore``.
"""
