"""What the bot is taught: plain words -> typed rules that are shown, confirmed, stored, and hold everywhere.

``rules`` is the closed list of what can be taught, ``understand`` finds it in words, ``limits`` says what
cannot be taught and why. ``conversation`` follows the turns, ``proposing`` shows, asks and stores,
``outcomes`` says how that went; ``conflicts`` keeps rules together that can hold together. ``force`` gives
the rules that are in force for whoever asks, and what they change.
"""
