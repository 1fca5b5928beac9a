"""The survey: rooms that people join with their phones, what they answer, and what may be shown of it.

``store.survey.SurveyStore`` keeps them.
"""
