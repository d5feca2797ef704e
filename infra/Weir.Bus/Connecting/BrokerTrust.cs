using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Weir.Bus.Connecting;

/// <summary>
/// Whether a broker's certificate is one to trust: by the authorities of a file, and by those alone, where the options name one; by the
/// system's otherwise. Its name must fit in either case. What is refused is said once a reason, in words.
/// </summary>
internal sealed class BrokerTrust(WeirBusOptions options, Action<string> refused)
{
    private readonly Lock _lock = new();
    private string? _refusal;

    /// <summary>Why the latest certificate was not trusted; null when it was.</summary>
    internal string? Refusal
    {
        get
        {
            lock (_lock)
                return _refusal;
        }
    }

    /// <summary>The name that the broker's certificate must have.</summary>
    internal string ServerName => options.TlsServerName ?? options.Hosts[0];

    /// <summary>What is wrong with a file of authorities; null when it can be used.</summary>
    internal static string? FileFault(string path)
    {
        try
        {
            return Read(path).Count == 0 ? "has no certificate" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"cannot be read ({e.Message})";
        }
    }

    internal bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var refusal = certificate is null
            ? "The broker showed no certificate: is that port its TLS port?"
            : Fault(certificate, chain, errors) is { } fault
                ? $"The broker's certificate ({certificate.Subject}, issued by {certificate.Issuer}) is not trusted: {fault}"
                : null;
        lock (_lock)
        {
            if (refusal == _refusal)
                return refusal is null;
            _refusal = refusal;
        }
        if (refusal is not null)
            refused(refusal);
        return refusal is null;
    }

    private string? Fault(X509Certificate certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"it is not made out to '{ServerName}'; give its name as {nameof(WeirBusOptions.TlsServerName)} (server_name_indication in an address), or the broker another certificate";
        if (options.TlsCaFile is { } file)
            return ChainFault(certificate, chain, file) is { } wrong
                ? $"{wrong}; give the file of the authority that issued it as {nameof(WeirBusOptions.TlsCaFile)} (cacertfile in an address), which is '{file}' now"
                : null;
        return errors == SslPolicyErrors.None
            ? null
            : $"{Words(chain)}; give the file of the authority that issued it as {nameof(WeirBusOptions.TlsCaFile)} (cacertfile in an address), none is given now";
    }

    private static string? ChainFault(X509Certificate certificate, X509Chain? shown, string file)
    {
        using var leaf = new X509Certificate2(certificate);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(Read(file));
        foreach (var between in shown?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(between.Certificate);
        return chain.Build(leaf) ? null : Words(chain);
    }

    private static X509Certificate2Collection Read(string path)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return authorities;
    }

    private static string Words(X509Chain? chain) => chain?.ChainStatus is { Length: > 0 } wrong
        ? string.Join("; ", wrong.Select(status => status.StatusInformation.Trim().TrimEnd('.')))
        : "no authority vouches for it";
}
