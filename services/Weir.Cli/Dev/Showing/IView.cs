using Weir.Cli.Dev.Reading;

namespace Weir.Cli.Dev.Showing;

/// <summary>Shows the run: a picture for a person, lines for a pipe.</summary>
internal interface IView : IDisposable
{
    /// <summary>The terminal may be taken from here on.</summary>
    void Begin();

    /// <summary>Shows how things stand. Called a few times a second.</summary>
    void Show(Scene scene, Stage stage, TimeSpan now);

    /// <summary>Tells what has happened since the last call, the oldest first.</summary>
    void Tell(IReadOnlyList<Happening> happened);
}
