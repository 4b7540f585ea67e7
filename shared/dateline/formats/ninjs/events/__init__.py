"""Events as ninjs 3.1 has them: objects of the type ``event`` with their ``eventDetails``, in and out."""
