using Weir.Persistence.Tests.Stage;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Weir.Persistence.Tests;

/// <summary>The test runner, as xunit generates it; or, when so asked, a client that hangs.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [HungClient.Switch, var database] => HungClient.RunAsync(database),
        _ when args.Any(a => a is "--server" or "--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
