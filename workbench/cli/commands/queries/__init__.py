"""How are queries run, kept and shared by commands?"""
