"""What a question asks for: people, dates, the kind of answer wanted; and the filters that a user sets."""
