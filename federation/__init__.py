"""The federation: fetches what projects publish on their own sites and shares it with other registries."""
