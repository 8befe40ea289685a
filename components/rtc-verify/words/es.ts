/** Spanish: the words of the Matrix specification for its emoji (docs/decisions/310-emoji-of-matrix.md). */
export const words: readonly string[] = [
  'Perro', 'Gato', 'León', 'Caballo', 'Unicornio', 'Cerdo', 'Elefante', 'Conejo', 'Panda', 'Gallo', 'Pingüino', 'Tortuga',
  'Pez', 'Pulpo', 'Mariposa', 'Flor', 'Árbol', 'Cactus', 'Seta', 'Globo', 'Luna', 'Nube', 'Fuego', 'Plátano', 'Manzana',
  'Fresa', 'Maíz', 'Pizza', 'Tarta', 'Corazón', 'Emoticono', 'Robot', 'Sombrero', 'Gafas', 'Llave inglesa', 'Papá Noel',
  'Pulgar arriba', 'Paraguas', 'Reloj de arena', 'Reloj', 'Regalo', 'Bombilla', 'Libro', 'Lápiz', 'Clip', 'Tijeras',
  'Candado', 'Llave', 'Martillo', 'Teléfono', 'Bandera', 'Tren', 'Bicicleta', 'Avión', 'Cohete', 'Trofeo', 'Bola',
  'Guitarra', 'Trompeta', 'Campana', 'Ancla', 'Cascos', 'Carpeta', 'Alfiler',
];
