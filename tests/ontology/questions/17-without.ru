# in https://w3id.org/koepel/example/netherlands/buddy-to-buddy
PREFIX koepel: <https://w3id.org/koepel/def#>

DELETE WHERE { ?statement koepel:deniesRole ?role }
