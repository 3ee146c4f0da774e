"""A form definition as WTForms: what a person is asked, what was typed, what is wrong with it, what is stored."""
