"""What votes are worth: trust in voters, brigades among them, and the standing that is left. Pure."""
