"""The operator's questions: nothing here changes what is stored or published."""
