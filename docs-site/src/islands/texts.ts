/** Texts of the islands, in the languages of the site. */
import { LANGUAGES } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'

const en = {
  connection: 'Your server', server: 'Address of the server', key: 'API key', project: 'Project',
  keyHint: 'Kept in this tab alone, and sent to this server alone. npm start prints a key; it also stands in .buildrunner/local.json.',
  projectHint: 'Its slug or id; the demo project of a new server is demo.',
  parameters: 'Parameters', body: 'Body (JSON)', lines: 'One value a line.', send: 'Send', stop: 'Stop', sending: 'Waiting for the server ...',
  writes: 'This request changes what the server keeps.', invalidBody: 'The body is not JSON: {reason}', missing: 'Fill in {name}.',
  answered: '{status} in {time} ms', stopped: 'Stopped.', headers: 'Headers of the answer', answer: 'Answer', remedy: 'What {code} means, and what to do',
  unreachable: 'No answer from {server}. Is it running, and does the address begin with https where this page does?',
  edit: 'Code', run: 'Run', running: 'Running ...', output: 'Output', done: 'Done in {time} ms.', failed: 'It failed.', reset: 'Reset',
  allowWrites: 'Let it change what the server keeps', readOnly: 'The sample wants to change something: allow it above to run it.', nothing: 'Nothing was printed.',
}

/** A name of a text. */
export type TextName = keyof typeof en

const TEXTS: Readonly<Record<Language, Readonly<Record<TextName, string>>>> = {
  en,
  es: {
    connection: 'Su servidor', server: 'Dirección del servidor', key: 'Clave de API', project: 'Proyecto',
    keyHint: 'Se guarda solo en esta pestaña y se envía solo a este servidor. npm start muestra una clave; también está en .buildrunner/local.json.',
    projectHint: 'Su slug o id; el proyecto de demostración de un servidor nuevo es demo.',
    parameters: 'Parámetros', body: 'Cuerpo (JSON)', lines: 'Un valor por línea.', send: 'Enviar', stop: 'Detener', sending: 'Esperando al servidor ...',
    writes: 'Esta petición cambia lo que guarda el servidor.', invalidBody: 'El cuerpo no es JSON: {reason}', missing: 'Rellene {name}.',
    answered: '{status} en {time} ms', stopped: 'Detenido.', headers: 'Cabeceras de la respuesta', answer: 'Respuesta', remedy: 'Qué significa {code} y qué hacer',
    unreachable: 'Sin respuesta de {server}. ¿Está en marcha, y empieza la dirección por https si esta página lo hace?',
    edit: 'Código', run: 'Ejecutar', running: 'En ejecución ...', output: 'Salida', done: 'Terminado en {time} ms.', failed: 'Ha fallado.', reset: 'Restablecer',
    allowWrites: 'Permitir que cambie lo que guarda el servidor', readOnly: 'El ejemplo quiere cambiar algo: permítalo arriba para ejecutarlo.', nothing: 'No se imprimió nada.',
  },
  fr: {
    connection: 'Votre serveur', server: 'Adresse du serveur', key: 'Clé d’API', project: 'Projet',
    keyHint: 'Gardée dans cet onglet seulement, envoyée à ce serveur seulement. npm start affiche une clé ; elle figure aussi dans .buildrunner/local.json.',
    projectHint: 'Son slug ou id ; le projet de démonstration d’un nouveau serveur est demo.',
    parameters: 'Paramètres', body: 'Corps (JSON)', lines: 'Une valeur par ligne.', send: 'Envoyer', stop: 'Arrêter', sending: 'En attente du serveur ...',
    writes: 'Cette requête modifie ce que le serveur conserve.', invalidBody: 'Le corps n’est pas du JSON : {reason}', missing: 'Remplissez {name}.',
    answered: '{status} en {time} ms', stopped: 'Arrêté.', headers: 'En-têtes de la réponse', answer: 'Réponse', remedy: 'Ce que signifie {code}, et que faire',
    unreachable: 'Aucune réponse de {server}. Est-il démarré, et l’adresse commence-t-elle par https si cette page le fait ?',
    edit: 'Code', run: 'Exécuter', running: 'En cours ...', output: 'Sortie', done: 'Terminé en {time} ms.', failed: 'Échec.', reset: 'Rétablir',
    allowWrites: 'Autoriser à modifier ce que le serveur conserve', readOnly: 'L’exemple veut modifier quelque chose : autorisez-le ci-dessus pour l’exécuter.', nothing: 'Rien n’a été affiché.',
  },
  de: {
    connection: 'Ihr Server', server: 'Adresse des Servers', key: 'API-Schlüssel', project: 'Projekt',
    keyHint: 'Bleibt in diesem Tab und geht nur an diesen Server. npm start zeigt einen Schlüssel; er steht auch in .buildrunner/local.json.',
    projectHint: 'Sein Slug oder seine Id; das Demoprojekt eines neuen Servers ist demo.',
    parameters: 'Parameter', body: 'Inhalt (JSON)', lines: 'Ein Wert pro Zeile.', send: 'Senden', stop: 'Anhalten', sending: 'Warten auf den Server ...',
    writes: 'Diese Anfrage ändert, was der Server speichert.', invalidBody: 'Der Inhalt ist kein JSON: {reason}', missing: '{name} fehlt.',
    answered: '{status} in {time} ms', stopped: 'Angehalten.', headers: 'Kopfzeilen der Antwort', answer: 'Antwort', remedy: 'Was {code} bedeutet, und was zu tun ist',
    unreachable: 'Keine Antwort von {server}. Läuft er, und beginnt die Adresse mit https, wenn diese Seite es tut?',
    edit: 'Code', run: 'Ausführen', running: 'Läuft ...', output: 'Ausgabe', done: 'Fertig in {time} ms.', failed: 'Fehlgeschlagen.', reset: 'Zurücksetzen',
    allowWrites: 'Darf ändern, was der Server speichert', readOnly: 'Das Beispiel will etwas ändern: Erlauben Sie es oben, um es auszuführen.', nothing: 'Nichts wurde ausgegeben.',
  },
}

const language = (): Language => LANGUAGES.find((known) => known === document.documentElement.lang) ?? 'en'

/** A text in the language of the page, with values in place of `{name}`. */
export function text(name: TextName, values: Readonly<Record<string, string | number>> = {}): string {
  return TEXTS[language()][name].replaceAll(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''))
}
