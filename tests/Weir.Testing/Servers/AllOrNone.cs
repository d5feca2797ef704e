namespace Weir.Testing.Servers;

/// <summary>Servers that are of use together only.</summary>
internal static class AllOrNone
{
    /// <summary>Waits for all of them. Where one failed, drops the others and throws the first failure.</summary>
    public static async Task<IReadOnlyList<T>> UpAsync<T>(params IReadOnlyList<Task<T>> starting)
        where T : TestServer
    {
        var all = Task.WhenAll(starting);
        await ((Task)all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!all.IsCompletedSuccessfully)
        {
            foreach (var up in starting.Where(s => s.IsCompletedSuccessfully)) await (await up).DisposeAsync();
        }

        return await all;
    }
}
