using System.Text;
using Weir.Core.Identity;
using Weir.Core.Sagas;
using Weir.Persistence.Rows;

namespace Weir.Cli.Dev.Reading;

/// <summary>Who got what in one reading, put together so that forty streams of a worker that died are a few lines.</summary>
internal sealed class OwnershipTale(Func<Incarnation, string> name)
{
    private const int NamedMax = 2;

    private readonly List<(string From, string To, string Why, string Stream, TimeSpan? Took)> _moves = [];
    private readonly List<(string To, string Stream)> _placed = [];
    private readonly List<string> _failed = [];

    /// <summary>A stream has another owner than before, and no migration carried it.</summary>
    internal void Given(StreamId stream, StoredAssignment? before, StoredAssignment row)
    {
        var (from, to) = (before?.Worker?.Value, name(row.Incarnation));
        if (from is null || from == to)
            _placed.Add((to, stream.Value));
        else
            _moves.Add((from, to, before!.State == Core.Assignments.AssignmentState.Unowned ? Words(before.Reason.ToString()) : "worker lost", stream.Value, null));
    }

    /// <summary>A migration has ended.</summary>
    internal void Moved(StoredMigration move)
    {
        var (from, to) = (name(move.Source), name(move.Target));
        if (move.State == MigrationState.Completed)
            _moves.Add((from, to, Words(move.Reason ?? ""), move.Stream.Value, move.EndedAt - move.StartedAt));
        else
            _failed.Add($"{move.Stream}  {from} → {to}  {Words(move.State.ToString())}");
    }

    internal IEnumerable<Happening> Lines(TimeSpan now)
    {
        if (_placed.Count > 0)
        {
            var workers = _placed.Select(one => one.To).Distinct(StringComparer.Ordinal).Order(NameOrder.Instance).ToList();
            yield return new(now, HappeningKind.Plain, $"{Streams([.. _placed.Select(one => one.Stream)])} → {(workers.Count == 1 ? workers[0] : FormattableString.Invariant($"{workers.Count} workers"))}");
        }

        foreach (var way in _moves.GroupBy(one => (one.From, one.To, one.Why)).OrderBy(way => way.Key.From, NameOrder.Instance).ThenBy(way => way.Key.To, NameOrder.Instance))
        {
            var took = way.Max(one => one.Took) is { } longest ? FormattableString.Invariant($" in {longest.TotalSeconds:0.0} s") : "";
            yield return new(now, HappeningKind.Move, $"{Streams([.. way.Select(one => one.Stream)])}  {way.Key.From} → {way.Key.To}{took}{(way.Key.Why.Length > 0 ? $" ({way.Key.Why})" : "")}");
        }

        foreach (var line in _failed)
            yield return new(now, HappeningKind.Warning, line);
    }

    /// <summary>A name of the code as words: <c>WorkerLost</c> becomes "worker lost".</summary>
    internal static string Words(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && words.Length > 0)
                words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    private static string Streams(List<string> streams) =>
        streams.Count <= NamedMax ? string.Join(", ", streams.Order(NameOrder.Instance)) : FormattableString.Invariant($"{streams.Count} streams");
}
