// A resume that is a scan, as a browser sends it to have it converted.

const PDF = (content) => `%PDF-1.4
1 0 obj\n<< /Type /Catalog >>\nendobj
3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj
9 0 obj\n<< /Length ${content.length} >>\nstream\n${content}\nendstream\nendobj
trailer\n<< /Root 1 0 R >>\n%%EOF\n`;

export async function scanOf(name) {
  const data = new FormData();
  data.append('file', new File([PDF(`BT /F1 12 Tf (${name}) Tj 0 -14 Td (Skills: Rust) Tj ET`)], 'cv.pdf', { type: 'application/pdf' }));
  data.append('convert', 'yes');
  const written = new Response(data);
  return { type: written.headers.get('content-type'), body: await written.bytes() };
}
