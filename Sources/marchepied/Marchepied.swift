import ArgumentParser





import Configuration


import Hummingbird

import ServiceLifecycle
import Subprocess

@main struct Marchepied { static func main() {} }
