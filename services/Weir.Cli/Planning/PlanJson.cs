using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Core.Planning;

namespace Weir.Cli.Planning;

/// <summary>Writes a plan as JSON, with names instead of places.</summary>
internal static class PlanJson
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(TextWriter to, Fleet fleet, Plan plan, TimeSpan elapsed)
    {
        using var buffer = new MemoryStream();
        Write(buffer, fleet, plan, elapsed);
        to.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    internal static void Write(Stream to, Fleet fleet, Plan plan, TimeSpan elapsed)
    {
        using var json = new Utf8JsonWriter(to, Readable);
        json.WriteStartObject();
        json.WriteStartArray("moves");
        foreach (var move in plan.Moves)
            WriteMove(json, fleet, move);
        json.WriteEndArray();
        json.WriteStartArray("placements");
        foreach (var placement in plan.Placements)
        {
            json.WriteStartObject();
            json.WriteString("stream", fleet.Streams[placement.Stream].Value);
            json.WriteString("to", fleet.Workers[placement.To].Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("unplaced");
        foreach (var unplaced in plan.Unplaced)
        {
            json.WriteStartObject();
            json.WriteString("stream", fleet.Streams[unplaced.Stream].Value);
            json.WriteString("reason", Camel(unplaced.Reason.ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteCertificate(json, plan.Certificate);
        WriteReport(json, fleet, plan.Report);
        json.WriteNumber("elapsedMs", Math.Round(elapsed.TotalMilliseconds, 3));
        json.WriteEndObject();
    }

    private static void WriteMove(Utf8JsonWriter json, Fleet fleet, Move move)
    {
        json.WriteStartObject();
        json.WriteString("stream", fleet.Streams[move.Stream].Value);
        json.WriteString("from", fleet.Workers[move.From].Value);
        json.WriteString("to", fleet.Workers[move.To].Value);
        json.WriteString("reason", Camel(move.Reason.ToString()));
        json.WriteNumber("priority", move.Priority);
        json.WriteEndObject();
    }

    private static void WriteCertificate(Utf8JsonWriter json, Certificate certificate)
    {
        json.WriteStartObject("certificate");
        json.WriteNumber("moves", certificate.Moves);
        json.WriteNumber("movesLowerBound", certificate.MovesLowerBound);
        json.WriteNumber("placements", certificate.Placements);
        json.WriteNumber("makespan", certificate.Makespan);
        json.WriteNumber("makespanLowerBound", certificate.MakespanLowerBound);
        json.WriteNumber("maxMinusMin", certificate.MaxMinusMin);
        json.WriteNumber("scoreBefore", certificate.ScoreBefore);
        json.WriteNumber("scoreAfter", certificate.ScoreAfter);
        json.WriteNumber("targetScoreAfter", certificate.TargetScoreAfter);
        json.WriteNumber("bandAsked", certificate.BandAsked);
        json.WriteNumber("bandReached", certificate.BandReached);
        json.WriteEndObject();
    }

    private static void WriteReport(Utf8JsonWriter json, Fleet fleet, PlanReport report)
    {
        json.WriteStartArray("report");
        foreach (var delay in report.Delays)
        {
            json.WriteStartObject();
            json.WriteString("stream", fleet.Streams[delay.Stream].Value);
            json.WriteString("worker", fleet.Workers[delay.Worker].Value);
            json.WriteString("reason", Camel(delay.Reason.ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
