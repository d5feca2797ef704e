using System.Globalization;

namespace Weir.Testing.Servers.Processes;

/// <summary>One look at the processes of this machine, from /proc.</summary>
internal sealed class ProcessTable
{
    private readonly List<Row> _rows = [];

    private ProcessTable()
    {
    }

    public static ProcessTable Read()
    {
        var table = new ProcessTable();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var isProcess = int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id);
            if (isProcess && Row.Read(id) is { } row) table._rows.Add(row);
        }

        return table;
    }

    /// <summary>
    /// The leader, its group, and all that descends from either: database backends leave their leader's group, so the
    /// group alone would miss them. Without what has ended and only waits for its parent to notice.
    /// </summary>
    public IReadOnlyList<int> TreeOf(int leader)
    {
        HashSet<int> tree = [leader];
        int known;
        do
        {
            // Each round adds one more generation.
            known = tree.Count;
            tree.UnionWith(_rows.Where(r => r.Group == leader || tree.Contains(r.Parent)).Select(r => r.Id).ToArray());
        }
        while (tree.Count > known);

        return [.. _rows.Where(r => tree.Contains(r.Id) && r.State is not ('Z' or 'X')).Select(r => r.Id)];
    }

    /// <summary>Whether any of these still runs.</summary>
    public bool Lives(IReadOnlyList<int> processes) => _rows.Any(r => processes.Contains(r.Id) && r.State is not ('Z' or 'X'));

    /// <summary>
    /// Whether no thread of it runs on: a stop signal waits until one thread of the process gets a core, and meanwhile the others
    /// go on. What has ended runs no more either.
    /// </summary>
    public static bool IsStopped(int process)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{process}/task")
                .All(thread => Row.Read(process, $"{thread}/stat") is not { State: not ('T' or 't' or 'Z' or 'X') });
        }
        catch (IOException)
        {
            return true; // ended since we listed it
        }
    }

    private sealed record Row(int Id, char State, int Parent, int Group)
    {
        public static Row? Read(int id) => Read(id, $"/proc/{id}/stat");

        public static Row? Read(int id, string file)
        {
            try
            {
                var stat = File.ReadAllText(file);
                // The name stands in brackets and may itself hold brackets and blanks.
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return new Row(id, fields[0][0], Number(fields[1]), Number(fields[2]));
            }
            catch (IOException)
            {
                return null; // ended since we listed it
            }

            static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);
        }
    }
}
