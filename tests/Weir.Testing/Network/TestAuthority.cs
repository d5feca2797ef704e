using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Weir.Testing.Network;

/// <summary>A certificate authority of one test's own.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly TimeSpan Lasting = TimeSpan.FromDays(1);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _own;
    private readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);

    /// <param name="name">What it is called, so that a refusal can be told from another.</param>
    public TestAuthority(string name)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _own = request.CreateSelfSigned(_from, _from + Lasting);
    }

    /// <summary>Writes its certificate where a client can be told to find it.</summary>
    /// <param name="path">A file in a folder that is there.</param>
    public void Write(string path) => File.WriteAllText(path, _own.ExportCertificatePem());

    /// <summary>A server's certificate, with its key.</summary>
    /// <param name="name">The name of the server; 127.0.0.1 is in it too where it is <c>localhost</c>.</param>
    public X509Certificate2 Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_own, _from, _from + Lasting, RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), password: null);
    }

    public void Dispose()
    {
        _own.Dispose();
        _key.Dispose();
    }
}
