"""Who may ask what where, and who sees which values. Decided before anything else, on every surface.

rights   what somebody may ask and see somewhere: the outcome, as a Question carries it
policy   `access.yaml` of the company folder: rules, the first that fits decides
decide   a person, a place and the policy -> rights; without a policy a careful default
places   what the id of a place says by itself: whether one person alone reads there
seeing   rights -> what the engine shows, and what is refused
"""
