"""What people say that asks for no value: greetings, thanks, talk of themselves, what can be measured."""
