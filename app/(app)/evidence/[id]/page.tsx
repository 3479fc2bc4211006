import { redirect } from 'next/navigation';

/** One piece of evidence is a drawer over the library; this is its short address. */
export default async function EvidenceItemPage({ params }: { params: Promise<{ id: string }> }) {
  redirect(`/evidence?open=${encodeURIComponent((await params).id)}`);
}
