using System.Security.Cryptography;

namespace Weir.Testing.Servers.Processes;

/// <summary>What one test process starts, under one name: a folder for its files and a label for its containers.</summary>
internal sealed class Session
{
    public const string LabelKey = "org.weir.session";

    // Servers run as their packages' users: they must get through this folder, not read it.
    private const UnixFileMode PassThrough =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly Lazy<Session> Current = new(() => new Session());

    private readonly Lazy<Reaper> _reaper;
    private int _servers;

    private Session()
    {
        Id = RandomNumberGenerator.GetHexString(12, lowercase: true);
        Folder = Path.Combine(Path.GetTempPath(), "weir-" + Id);
        _reaper = new Lazy<Reaper>(() => new Reaper(Folder, $"{LabelKey}={Id}"));
    }

    /// <summary>This process's.</summary>
    public static Session OfThisProcess => Current.Value;

    public string Id { get; }

    public string Folder { get; }

    public Reaper Reaper => _reaper.Value;

    /// <summary>A fresh folder for one server's files, gone with the session at the latest.</summary>
    public string NewFolder(string server)
    {
        _ = Reaper;
        Directory.CreateDirectory(Folder, PassThrough);
        return Directory.CreateDirectory(Path.Combine(Folder, $"{server}-{Interlocked.Increment(ref _servers)}"), PassThrough).FullName;
    }
}
