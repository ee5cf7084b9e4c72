"""Routes that other programs know: embeddings and models as OpenAI has them, rerank as Jina and Cohere have it."""
