namespace Siamese.Contracts.Sweeps;

/// <summary>How gradients become steps.</summary>
[GenerateSerializer, Alias("siamese.Optimizer")]
public enum Optimizer
{
    /// <summary>Kingma and Ba, ICLR 2015; weight decay, where there is any, goes through the gradient.</summary>
    Adam,

    /// <summary>Loshchilov and Hutter, ICLR 2019: Adam with weight decay beside the gradient.</summary>
    Adamw,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,
}
