using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>Remembers what was answered to which request; Registry's alone.</summary>
public sealed class RequestStore(WeirDbContext db)
{
    private static readonly SqlPair Add = new(Insert("now()"), Insert("strftime('%Y-%m-%d %H:%M:%f', 'now')"));

    /// <summary>What was answered; null when nothing was yet. The transaction has the request to itself from here on.</summary>
    public async Task<StoredRequest?> FindAsync(string request, CancellationToken cancel)
    {
        await RequestTurn.TakeAsync(db, request, cancel);
        return await db.Requests.AsNoTracking().FirstOrDefaultAsync(row => row.Request == request, cancel);
    }

    /// <summary>Writes an answer down.</summary>
    /// <returns>False when there was one already, which stays.</returns>
    public async Task<bool> AnswerAsync(string request, string answer, string body, CancellationToken cancel) =>
        (await Add.ReadAsync(db, row => row.GetString(0), cancel, ("request", request), ("answer", answer), ("body", body))).Count == 1;

    /// <summary>Forgets an answer, so that the same may be asked anew.</summary>
    public Task<int> ForgetAsync(string request, CancellationToken cancel) => db.Requests.Where(row => row.Request == request).ExecuteDeleteAsync(cancel);

    private static string Insert(string now) =>
        $"INSERT INTO requests (request, answer, body, answered_at) VALUES (@request, @answer, @body, {now}) ON CONFLICT (request) DO NOTHING RETURNING request";
}
