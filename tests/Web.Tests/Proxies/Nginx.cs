using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Siamese.Contracts.Connections;
using Siamese.Silo.Addresses;

namespace Siamese.Web.Tests.Proxies;

/// <summary>An nginx of its own, which ends TLS and serves a silo's API below `/siamese/`.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("siamese-nginx-");
    private readonly Process _process;

    /// <param name="api">Where the silo serves.</param>
    /// <param name="files">Its certificate.</param>
    public Nginx(Uri api, TlsFiles files)
    {
        var port = ListeningPort.Resolve(IPAddress.Loopback, 0, "");
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port}/siamese/"));
        var configuration = Path.Combine(_folder.FullName, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off;
            master_process off;
            pid {{_folder.FullName}}/nginx.pid;
            events {}
            http {
                access_log off;
                client_body_temp_path {{_folder.FullName}};
                proxy_temp_path {{_folder.FullName}};
                fastcgi_temp_path {{_folder.FullName}};
                uwsgi_temp_path {{_folder.FullName}};
                scgi_temp_path {{_folder.FullName}};
                client_max_body_size 100m;
                server {
                    listen 127.0.0.1:{{port}} ssl;
                    ssl_certificate {{files.Certificate}};
                    ssl_certificate_key {{files.Key}};
                    location /siamese/ {
                        proxy_pass {{api}};
                        proxy_http_version 1.1;
                        proxy_buffering off;
                        proxy_set_header Host $http_host;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_set_header X-Forwarded-Proto https;
                        proxy_set_header X-Forwarded-Prefix /siamese;
                    }
                }
            }
            """);
        _process = Process.Start(NginxFactAttribute.Program!, ["-e", Path.Combine(_folder.FullName, "error.log"), "-c", configuration]);
    }

    /// <summary>Where it serves the silo's API.</summary>
    public Uri Address { get; }

    /// <summary>Waits until it listens.</summary>
    public async Task Started()
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync(IPAddress.Loopback, Address.Port);
                return;
            }
            catch (SocketException) when (deadline.Elapsed < TimeSpan.FromSeconds(30) && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A test that needs nginx.</summary>
public sealed class NginxFactAttribute : FactAttribute
{
    private static readonly string[] _places = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx"];

    public NginxFactAttribute() => Skip = Program is null ? "There is no nginx on this machine." : null;

    /// <summary>The program; null if there is none.</summary>
    public static string? Program { get; } = _places.FirstOrDefault(File.Exists);
}
