using System.Text;
using Weir.Core.Identity;
using Weir.Core.Planning;

namespace Weir.Cli.Planning;

/// <summary>Reads a fleet from two CSV files with a header line; columns in any order, a cell may stand in double quotes.</summary>
internal static class FleetCsv
{
    internal static Given Read(byte[] workers, string workersName, byte[] streams, string streamsName)
    {
        var given = new Given();
        foreach (var row in CsvRow.All(Encoding.UTF8.GetString(workers), workersName, ["id", "capacity", "state", "performance"]))
            given.Add(Worker(row));
        string[] columns = ["id", "owner", "weight", "pinnedTo", "movedSecondsAgo", "quarantined"];
        foreach (var row in CsvRow.All(Encoding.UTF8.GetString(streams), streamsName, columns))
            given.Streams.Add(Stream(row, streamsName));
        return given;
    }

    private static GivenWorker Worker(CsvRow row) => new(
        row.Path,
        row.Worker("id") ?? throw new InputException($"{row.Path}.id", "missing", "a worker id"),
        row.Number("capacity", null, n => n > 0, FleetJson.Above0),
        FleetJson.State(row.Cell("state"), $"{row.Path}.state"),
        row.Number("performance", 1, n => n is > 0 and <= 1, "above 0 and at most 1"));

    private static GivenStream Stream(CsvRow row, string name)
    {
        var text = row.Cell("id") ?? throw new InputException($"{row.Path}.id", "missing", "a stream id");
        if (!StreamId.TryParse(text, out var id))
            throw new InputException($"{row.Path}.id", $"'{Plain.Text(text)}'", "1 to 128 letters, digits or any of . _ : -");
        var moved = row.Number("movedSecondsAgo", double.PositiveInfinity, n => n >= 0, FleetJson.AtLeast0);
        var quarantined = row.Cell("quarantined") switch
        {
            null or "false" => false,
            "true" => true,
            var other => throw new InputException($"{row.Path}.quarantined", $"'{Plain.Text(other)}'", "true or false"),
        };
        StreamNote? note = double.IsFinite(moved) || quarantined ? new StreamNote(0) { MovedSecondsAgo = moved, Quarantined = quarantined } : null;
        var weight = row.Number("weight", 1, n => n >= 0, FleetJson.AtLeast0);
        return new GivenStream(name, row.Line, id, row.Worker("owner"), weight, row.Worker("pinnedTo"), note);
    }
}
