namespace Siamese.Contracts.Access;

/// <summary>A key that was added just now.</summary>
/// <param name="Text">The key as its holder presents it, `siamese_ID_SECRET`. Whoever knows it can use it, and the cluster does not keep it.</param>
/// <param name="Key">What it is.</param>
[GenerateSerializer, Immutable, Alias("siamese.NewApiKey")]
public sealed record NewApiKey(string Text, ApiKey Key)
{
    /// <summary>Without the secret, so that it does not get into logs.</summary>
    public override string ToString() => $"{nameof(NewApiKey)} {Key.Id}";
}
