"""What was learned: how a listing's signals become a risk, and how the models that say so are kept and watched."""
