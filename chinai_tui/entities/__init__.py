"""Companies, people and other entities: their catalogue, finding them in texts, jumping to them."""
