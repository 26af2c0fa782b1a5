import { useQuery } from '@tanstack/react-query'
import { type Case, getCases } from './api.js'

const statusText: Record<Case['status'], string> = {
  open: 'Open',
  review: 'In review',
  waiting: 'Waiting for reply',
  closed: 'Closed',
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** Polls every 2 seconds, like any live list. Polling is not activity, so it does not keep the session alive. */
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
              <p className="case-client">{item.client}</p>
              <p className="case-title">{item.title}</p>
              <p className="case-id">
                {item.id} ·{' '}
                <time dateTime={item.updated}>{day.format(new Date(item.updated))}</time>
              </p>
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
