using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace Siamese.Testing.Postgres;

/// <summary>
/// A private PostgreSQL server in a temporary folder, with `fsync` on as in production. It ends and its folder is
/// deleted with the test run, even if the run is killed: a supervising shell sees its standard input close.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string User = "siamese";
    public const string Password = "of the tests";

    /// <summary>
    /// Runs the server and waits for one line, the signal to end it with, or for the end of the process that started
    /// it. The first argument is the folder to remove in that case; the others are the command.
    /// </summary>
    private const string Minder =
        """
        folder=$1; shift
        "$@" </dev/null & server=$!
        trap '' INT TERM HUP
        read -r signal || orphaned=yes
        kill -s "${signal:-QUIT}" $server
        wait $server
        [ -z "$orphaned" ] || rm -rf "$folder"
        """;

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder;
    private readonly string _listen;
    private readonly int _port;
    private Process? _process;
    private int _databases;

    private PostgresServer(DirectoryInfo folder, string listen, int port) => (_folder, _listen, _port) = (folder, listen, port);

    /// <summary>Creates a server and starts it.</summary>
    /// <param name="listen">The address that it listens on, which is also what clients connect to.</param>
    public static async Task<PostgresServer> Create(string listen = "127.0.0.1")
    {
        var server = new PostgresServer(Directory.CreateTempSubdirectory("siamese-postgres-"), listen, FreePort());
        try
        {
            await server.Initialize();
            await server.Start();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"siamese_{Interlocked.Increment(ref _databases)}");
        await Execute($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>
    /// Removes a database, even if clients are connected to it. A server with many databases takes minutes to
    /// recover from a crash.
    /// </summary>
    public Task Drop(string connectionString) =>
        Execute($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    /// <summary>The connection string of a database of this server.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _listen,
        Port = _port,
        Username = User,
        Password = Password,
        Database = database,
        Pooling = database != "postgres",
        // Silos demand it of a server on another machine.
        SslMode = IsElsewhere ? SslMode.VerifyFull : SslMode.Prefer,
        RootCertificate = IsElsewhere ? Certificate : null,
    }.ToString();

    /// <summary>Starts it again after <see cref="Stop"/>, and returns when it answers.</summary>
    public async Task Start()
    {
        string[] command =
        [
            .. AsPostgres, Path.Combine(PostgresBinaries.Folder!, "postgres"), "-D", Data, "-h", _listen,
            "-p", _port.ToString(CultureInfo.InvariantCulture), "-k", "", "-c", "fsync=on", "-c", IsElsewhere ? "ssl=on" : "ssl=off",
        ];
        _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Minder, "postgres", _folder.FullName, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        var log = "";
        using var patience = new CancellationTokenSource(_patience);
        while (await _process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            log += line + '\n';
            if (!line.Contains("ready to accept connections", StringComparison.Ordinal))
                continue;
            // Keep reading, so that the server never blocks on its output.
            _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return;
        }

        throw new InvalidOperationException($"PostgreSQL did not start:\n{log}");
    }

    /// <summary>Stops it, cuts its connections, and returns when it is gone.</summary>
    /// <param name="isCrash">Whether it ends at once without flushing to disk, so that it recovers from its log at the next start.</param>
    public async Task Stop(bool isCrash = false)
    {
        if (_process is null)
            return;
        await _process.StandardInput.WriteLineAsync(isCrash ? "QUIT" : "INT");
        await _process.StandardInput.FlushAsync();
        using var patience = new CancellationTokenSource(_patience);
        await _process.WaitForExitAsync(patience.Token);
        _process.Dispose();
        _process = null;
    }

    public async Task Restart(bool isCrash = false)
    {
        await Stop(isCrash);
        await Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop(isCrash: true);
        _folder.Delete(recursive: true);
    }

    private bool IsElsewhere => !IPAddress.IsLoopback(IPAddress.Parse(_listen));

    /// <summary>Signed by itself.</summary>
    private string Certificate => Path.Combine(Data, "server.crt");

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>PostgreSQL refuses to run as root; Debian's package creates a user for it.</summary>
    private static string[] AsPostgres => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];

    private async Task Execute(string statement)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task Initialize()
    {
        var password = Path.Combine(_folder.FullName, "password");
        await File.WriteAllTextAsync(password, Password);
        if (Environment.IsPrivilegedProcess)
            await Run("chown", "-R", "postgres:", _folder.FullName);
        await Run(
        [
            .. AsPostgres, Path.Combine(PostgresBinaries.Folder!, "initdb"), "-D", Data, "-U", User, "--pwfile", password,
            "-A", "scram-sha-256", "-E", "UTF8", "--locale", "C", "--no-sync",
        ]);
        await File.AppendAllTextAsync(Path.Combine(Data, "pg_hba.conf"), "host all all all scram-sha-256\n");
        if (IsElsewhere)
            await MakeCertificate();
    }

    /// <summary>For the address that it listens on, in the files where the server looks for it.</summary>
    private async Task MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=postgres", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(_listen));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await File.WriteAllTextAsync(Certificate, certificate.ExportCertificatePem());
        var path = Path.Combine(Data, "server.key");
        await File.WriteAllTextAsync(path, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (Environment.IsPrivilegedProcess)
            await Run("chown", "postgres:", Certificate, path);
    }

    private static async Task Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}:\n{string.Concat(output)}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
