namespace Weir.Persistence.Stores;

/// <summary>Keeps the numbered parts of a request until all are in; Registry's alone. Parts may come in any order, twice, and to any replica.</summary>
public sealed class PartStore(WeirDbContext db)
{
    private const string Now = "strftime('%Y-%m-%d %H:%M:%f', 'now')";

    private static readonly SqlPair Put = new(Upsert("now()"), Upsert(Now));
    private static readonly SqlPair Bodies = new(Select, Select);
    private static readonly SqlPair Drop = new("DELETE FROM parts WHERE request = @request RETURNING part", "DELETE FROM parts WHERE request = @request RETURNING part");

    private const string Select = "SELECT body FROM parts WHERE request = @request AND parts = @parts ORDER BY part";

    /// <summary>Adds a part; the transaction has the request to itself from here on.</summary>
    /// <returns>The bodies of all parts in order, once all are in; else null.</returns>
    public async Task<IReadOnlyList<string>?> AddAsync(string request, int part, int parts, string body, CancellationToken cancel)
    {
        await RequestTurn.TakeAsync(db, request, cancel);
        if (parts == 1) return [body];
        await Put.ReadAsync(db, row => row.GetInt32(0), cancel, ("request", request), ("part", part), ("parts", parts), ("body", body));
        if (part != parts && await CountAsync(request, parts, cancel) < parts) return null;
        var bodies = await Bodies.ReadAsync(db, row => row.GetString(0), cancel, ("request", request), ("parts", parts));
        return bodies.Count == parts ? bodies : null;
    }

    /// <summary>The request is answered.</summary>
    public Task DropAsync(string request, CancellationToken cancel) => Drop.ReadAsync(db, row => row.GetInt32(0), cancel, ("request", request));

    private async Task<long> CountAsync(string request, int parts, CancellationToken cancel) =>
        (await Count.ReadAsync(db, row => row.GetInt64(0), cancel, ("request", request), ("parts", parts)))[0];

    private static readonly SqlPair Count = new(
        "SELECT count(*) FROM parts WHERE request = @request AND parts = @parts", "SELECT count(*) FROM parts WHERE request = @request AND parts = @parts");

    private static string Upsert(string now) =>
        $"INSERT INTO parts (request, part, parts, body, received_at) VALUES (@request, @part, @parts, @body, {now}) "
        + "ON CONFLICT (request, part) DO UPDATE SET body = excluded.body, parts = excluded.parts RETURNING part";
}
