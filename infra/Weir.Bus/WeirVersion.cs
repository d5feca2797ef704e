using System.Reflection;

namespace Weir.Bus;

/// <summary>Which version of Weir a process is made with, as each of its connections tells the broker, where people and `weir doctor` read it.</summary>
public static class WeirVersion
{
    /// <summary>The connection's client property: <c>weir_version</c>.</summary>
    public const string Property = "weir_version";

    /// <summary>Such as <c>0.1.0</c>, without what a build adds.</summary>
    public static string Text { get; } =
        (typeof(WeirVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
