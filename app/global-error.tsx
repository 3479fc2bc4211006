'use client';

/** The last resort, when the root layout itself breaks: no theme, no texts, no scripts of ours can be counted on. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <h1>Heptad cannot show this page</h1>
        <p>Nothing you saved is lost. Load the page again in a moment.</p>
        <p lang="de">Was Sie gespeichert haben, ist nicht verloren. Laden Sie die Seite gleich noch einmal.</p>
        {error.digest && <p>{error.digest}</p>}
      </body>
    </html>
  );
}
