# in https://w3id.org/koepel/example/germany/menschen-staerken-menschen
PREFIX koepel: <https://w3id.org/koepel/def#>
PREFIX task: <https://w3id.org/koepel/code/task/>

DELETE WHERE { ?assignment koepel:task task:execute-locally }
