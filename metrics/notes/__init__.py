"""What is told beside a value: why it is none, what it leaves out, where the data only begins."""
