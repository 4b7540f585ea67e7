"""What comes in and goes out as JSON: marshmallow schemas with the contract's exact bounds.

Unknown fields are errors.
"""
