namespace Siamese.EndToEnd.Tests.Processes;

/// <summary>Certificates of a test's own authority, made with deploy/certificates.</summary>
internal sealed class Certificates(Home home, string authority)
{
    private readonly string _folder = Path.Combine(home.Work, authority);

    /// <summary>Issues a certificate.</summary>
    /// <param name="kind">`silo` or a role.</param>
    /// <param name="name">Base name of the files.</param>
    /// <returns>Options that point a silo or a client to its files.</returns>
    public async Task<string[]> Issue(string kind, string name)
    {
        await using var script = home.Start(Path.Combine(Built.Repository, "deploy", "certificates"), [_folder, kind, name]);
        (await script.Ends()).Exits(0);
        return ["--tls-certificate", FileOf($"{name}.pem"), "--tls-key", FileOf($"{name}.key"), "--tls-authority", FileOf("authority.pem")];
    }

    public string FileOf(string name) => Path.Combine(_folder, name);
}
