namespace Siamese.Silo.Health;

/// <summary>Something without which a silo is of no use.</summary>
internal interface IReadiness
{
    /// <summary>What is wrong with it, to follow the words "not ready"; null if nothing is. Answers at once.</summary>
    string? Problem { get; }
}
