using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Siamese.Contracts.Access;
using Siamese.Contracts.Tuning;
using Siamese.Testing;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>An operation as docs/openapi.json describes it, from which the client was generated.</summary>
/// <param name="Name">Its method and path, such as `GET /api/v1/sweeps/{sweep}`.</param>
/// <param name="Needs">The role that it needs.</param>
/// <param name="HasJson">Whether its body is a document in JSON.</param>
/// <param name="AnswersWithJson">Whether its answer is one.</param>
/// <param name="Statuses">The statuses that it answers with, also those that only its text names.</param>
internal sealed record Documented(string Name, Role Needs, bool HasJson, bool AnswersWithJson, IReadOnlyList<int> Statuses)
{
    private const string Json = "application/json";

    private readonly Regex _path = new($"^{Regex.Replace(Name[(Name.IndexOf(' ', StringComparison.Ordinal) + 1)..], @"\{[^}]*\}", "[^/]+")}$", RegexOptions.CultureInvariant);

    /// <summary>Every operation.</summary>
    public static IReadOnlyList<Documented> All { get; } = Read();

    public IEnumerable<int> Errors => Statuses.Where(status => status >= 400);

    public static Documented Named(string name) => All.Single(operation => operation.Name == name);

    /// <summary>The operation that a request is for; null if there is none.</summary>
    public static Documented? Find(HttpRequestMessage request) => All.FirstOrDefault(operation =>
        operation.Name.StartsWith($"{request.Method} ", StringComparison.Ordinal) && operation._path.IsMatch(request.RequestUri!.AbsolutePath));

    private static Documented[] Read()
    {
        var document = OpenApiDocument.Parse(File.ReadAllText(Path.Combine(Built.Repository, "docs", "openapi.json")), OpenApiConstants.Json).Document!;
        return
        [
            .. from path in document.Paths
               from operation in path.Value.Operations!
               // What has a name of its own comes before what has any.
               orderby path.Key.Count(letter => letter == '{')
               select new Documented(
                   $"{operation.Key} {path.Key}",
                   Words.Read<Role>("the role", Regex.Match(operation.Value.Description!, @"Needs the right to (\w+)\.").Groups[1].Value),
                   operation.Value.RequestBody?.Content?.ContainsKey(Json) == true,
                   operation.Value.Responses!.Any(response => response.Value.Content?.ContainsKey(Json) == true),
                   [.. operation.Value.Responses!.Keys.Concat(Regex.Matches($"{operation.Value.Summary} {operation.Value.Description}", @"Status (\d+)").Select(named => named.Groups[1].Value)).Select(int.Parse)]),
        ];
    }
}
