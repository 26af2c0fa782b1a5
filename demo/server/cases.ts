/** Invented records that only the signed-in user may see. */
export const cases = [
  ['C-2041', 'Housing benefit, first claim', 'Amara Lindqvist', 'open', '2026-11-20'],
  ['C-2038', 'Appeal against a decision of 3 October', 'Tomasz Okonjo', 'waiting', '2026-11-20'],
  ['C-2035', 'Change of address and household', 'Freya Castellanos', 'open', '2026-11-19'],
  ['C-2029', 'Care allowance, reassessment', 'Idris Vanterpool', 'review', '2026-11-19'],
  ['C-2026', 'Overpayment, repayment plan', 'Noor Halvorsen', 'open', '2026-11-18'],
  ['C-2017', 'Disability pass, renewal', 'Bela Marchetti', 'closed', '2026-11-17'],
  ['C-2013', 'School transport', 'Sunniva Adeyemi', 'waiting', '2026-11-17'],
  ['C-2008', 'Heating grant, supporting documents', 'Rafael Brandvold', 'review', '2026-11-14'],
  ['C-1994', 'Guardianship, annual report', 'Ilse Mbeki-Frost', 'open', '2026-11-13'],
  ['C-1987', 'Emergency accommodation', 'Kofi Reinholt', 'closed', '2026-11-12'],
  ['C-1979', 'Child benefit, second child', 'Marguerite Osei', 'closed', '2026-11-11'],
  ['C-1965', 'Complaint about waiting times', 'Leif Santangelo', 'waiting', '2026-11-10'],
].map(([id, title, client, status, updated]) => ({ id, title, client, status, updated }))
