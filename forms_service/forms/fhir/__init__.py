"""Forms and answers as FHIR R4 has them: Questionnaire and QuestionnaireResponse, as plain JSON."""
