import { useQuery } from '@tanstack/react-query'
import { type Case, getCases } from './api.js'

const statusText: Record<Case['status'], string> = {
  new: 'New',
  open: 'In progress',
  waiting: 'Waiting for reply',
}

/** Asks every 2 seconds, like any live list. That is the page's doing, and keeps no session alive. */
export function CaseList() {
  const { data, isError } = useQuery({
    queryKey: ['cases'],
    queryFn: getCases,
    refetchInterval: 2_000,
  })

  return (
    <section className="card" aria-labelledby="cases-heading">
      <div className="card-head">
        <h1 id="cases-heading">Cases</h1>
        {data && <p className="hint">{data.length} assigned to you</p>}
      </div>
      {isError && <p className="problem">The list could not be refreshed.</p>}
      {data ? (
        <ul className="cases">
          {data.map((item) => (
            <li key={item.id}>
              <p className="case-person">{item.person}</p>
              <p className="case-subject">{item.subject}</p>
              <p className="case-id">{item.id}</p>
              <p className="badge" data-status={item.status}>
                {statusText[item.status]}
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <p className="hint">Loading the cases…</p>
      )}
    </section>
  )
}
