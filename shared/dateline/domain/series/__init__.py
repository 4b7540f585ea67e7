"""Series and their parts: what is cut off, what stands for one of its times, and what an edit makes of them."""
