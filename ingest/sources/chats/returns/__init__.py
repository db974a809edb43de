"""What providers return to an authority, or to a person who asks for their own data, about an account."""
