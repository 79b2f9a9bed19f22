#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

// Asks an ensemble whether two images show the same: Ask.cs ADDRESS FIRST SECOND.
var (address, first, second) = (args[0], args[1], args[2]);
using var http = new HttpClient { BaseAddress = new Uri(address) };
if (Environment.GetEnvironmentVariable("SIAMESE_KEY") is { } key)
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
using var form = new MultipartFormDataContent
{
    { new ByteArrayContent(await File.ReadAllBytesAsync(first)), "first", Path.GetFileName(first) },
    { new ByteArrayContent(await File.ReadAllBytesAsync(second)), "second", Path.GetFileName(second) },
};
using var answer = await http.PostAsync("api/v1/verdicts", form);
var document = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
if (!answer.IsSuccessStatusCode)
{
    await Console.Error.WriteLineAsync((string?)document["detail"]);
    return 1;
}

Console.WriteLine($"{document["verdict"]}: distance {(double)document["distance"]!:0.000}, same up to {(double)document["threshold"]!:0.000}");
return 0;
