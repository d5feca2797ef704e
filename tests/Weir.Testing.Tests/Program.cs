using Weir.Testing.Tests.Servers;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Weir.Testing.Tests;

/// <summary>
/// The test runner, as xunit generates it; or, when so asked, a process that starts servers in order to be killed by a test.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [DoomedHost.Switch, var kind] => DoomedHost.RunAsync(kind),
        _ when args.Any(a => a is "--server" or "--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
