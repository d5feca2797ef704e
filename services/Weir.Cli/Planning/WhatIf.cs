using System.Globalization;
using Weir.Core.Identity;
using Weir.Core.Planning;

namespace Weir.Cli.Planning;

/// <summary>Changes to the fleet asked for on the command line.</summary>
internal sealed record WhatIf(string[] Lose, string[] Join, string[] Drain, double? Band)
{
    internal Given Apply(Given given)
    {
        foreach (var id in Lose)
            Change(given, "--lose", id, WorkerState.Lost);
        foreach (var id in Drain)
            Change(given, "--drain", id, WorkerState.Draining);
        for (var i = 0; i < Join.Length; i++)
            given.Add(Joined(Join[i], $"--join[{i}]"));
        if (Band is { } band)
            given.Policy = given.Policy with { Band = band, OuterBand = Math.Max(given.Policy.OuterBand, band) };
        return given;
    }

    private static void Change(Given given, string flag, string id, WorkerState state)
    {
        var place = given.Workers.FindIndex(w => w.Id.Value == id);
        if (place < 0)
            throw new InputException(flag, $"'{Plain.Text(id)}', which is no worker of this fleet", "the id of a worker");
        given.Workers[place] = given.Workers[place] with { State = state };
    }

    private static GivenWorker Joined(string text, string where)
    {
        var colon = text.LastIndexOf(':');
        if (colon > 0
            && WorkerId.TryParse(text[..colon], out var id)
            && double.TryParse(text.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var capacity)
            && capacity > 0
            && double.IsFinite(capacity))
            return new GivenWorker(where, id, capacity);
        throw new InputException("--join", $"'{Plain.Text(text)}'", "id:capacity, such as w9:25");
    }
}
